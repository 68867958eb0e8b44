"""Words, all for everybody."""

from portal.privacy import classify

classify(
    "vocabulary.Concept",
    public="scheme code notation label_nl label_en explanation official_text broader order uris alt_labels hidden_labels"
    " subject_area valid_from valid_until verified retired source",
    internal="edited",
)
