"""`{{ place|page_of:"people" }}`: addresses of the pages that members of a school or board have."""

from django import template

from schools import addresses

register = template.Library()
register.filter("page_of", addresses.page_of)
