"""What visitors say about pages; nobody asks who they are."""

from portal.privacy import classify

classify("feedback.Feedback", public="page kind remark", internal="state created_at")
