"""How codes stand in addresses: in lower case there, in capitals in the register."""


class SchoolCode:
    """The code of a location, such as 01ab00."""

    regex = "[0-9]{2}[a-z]{2}[0-9a-z]{2}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value.lower()


class BoardNumber:
    """The five digits of a board."""

    regex = "[0-9]{5}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
