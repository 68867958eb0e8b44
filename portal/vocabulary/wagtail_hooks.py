"""What the vocabulary adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import register_permission_policy

from portal.vocabulary.choosers import concept_chooser
from portal.vocabulary.models import Concept
from portal.vocabulary.viewsets import ConceptPermissionPolicy, concept_viewset

register_permission_policy(Concept, ConceptPermissionPolicy(Concept))


@hooks.register("register_admin_viewset")
def register_vocabulary() -> list[ViewSet]:
    return [concept_viewset, concept_chooser]
