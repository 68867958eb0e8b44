"""Asking for, granting, inviting to, handing over and ending memberships of schools and boards."""
