"""Addresses of the finder, below /zoeken/."""

urlpatterns: list[object] = []
