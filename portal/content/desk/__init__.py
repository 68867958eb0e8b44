"""The editors' desk: what they see, are told and can do beside writing a page."""
