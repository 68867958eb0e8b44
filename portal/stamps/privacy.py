"""Numbers that say whether something changed."""

from portal.privacy import classify

classify("stamps.Stamp", internal="value")
