"""Advisers on the site: who helps whom, their pages, and where they stand on pages of others."""
