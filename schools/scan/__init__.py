"""The quick scan: a school answers a few statements per domain, and sees its flower filled."""
