"""The mailbox of a laptop, below `/dev/mail/`."""

from django.urls import path

from portal.outbox.views import attachment, html, mail, mailbox, markup

app_name = "mailbox"
urlpatterns = [
    path("", mailbox, name="list"),
    path("<int:key>/", mail, name="mail"),
    path("<int:key>/html/", html, name="html"),
    path("<int:key>/html/inhoud/", markup, name="markup"),
    path("<int:key>/bijlage/<int:number>/", attachment, name="attachment"),
]
