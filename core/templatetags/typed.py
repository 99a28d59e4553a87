"""What was typed in a form is not lost: see `core.typed`."""

from django import template

from core.typed import AFRESH, FIELD, Mark, put_back

register = template.Library()


@register.inclusion_tag("components/keep_typed.html", takes_context=True)
def keep_typed(context, *, form, name=""):
    """Stands in the form, after its `csrf_token` and before its fields.

    `form` may be a list of forms that are sent together; `name` tells those of the same kind apart
    that stand on one page.
    """
    request = context["request"]
    if not request.user.is_authenticated:
        return {"mark": None}
    several = form if isinstance(form, list) else [form]
    mark = Mark.of(request, several[0], name)
    again = True in [put_back(request, each, mark) for each in several]
    return {
        "mark": mark,
        "field": FIELD,
        "again": again,
        "afresh": AFRESH,
        "unsaved": again or several[0].is_bound,
    }
