"""Where documents are downloaded. Wagtail's own patterns take any run of digits for a key and fail on one of 4,301."""

from django.urls import path
from wagtail.documents.views.serve import authenticate_with_password

from portal.media.views import document
from portal.passwords import back_to_a_path

urlpatterns = [
    path("<int:document_id>/<path:document_filename>", document, name="wagtaildocs_serve"),
    path(
        "toegang/<int:restriction_id>/",
        back_to_a_path(authenticate_with_password),
        name="wagtaildocs_authenticate_with_password",
    ),
]
