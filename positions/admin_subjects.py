"""What positions are about: topics can be renamed, and two that mean the same made one."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.admin_base import HistoryAdmin, ReadOnlyAdmin, SeenForm
from core.admin_translations import TranslatedAdmin, TranslationFilter, side_by_side
from core.text import fold
from positions.forms.topics import APART
from positions.models import Law, Topic
from positions.subjects import merge_topics


class TopicForm(SeenForm):
    class Meta:
        model = Topic
        fields = ["name", "name_en", "name_sl"]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if APART.search(name) or not fold(name):
            raise forms.ValidationError(_("A topic is a few words without semicolons or commas."))
        if Topic.objects.filter(folded=fold(name)).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("There is a topic of this name already: merge the two instead.")
            )
        return name


class MergeForm(forms.Form):
    kept = forms.ModelChoiceField(Topic.objects.none(), label=gettext_lazy("The one that stays"))

    def __init__(self, *args, gone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = Topic.objects.exclude(pk=gone.pk)


@admin.register(Topic)
class TopicAdmin(TranslatedAdmin, HistoryAdmin):
    form = TopicForm
    fields = [*side_by_side(Topic)]
    list_display = ["name", "used"]
    list_filter = [TranslationFilter]
    search_fields = ["name", "name_en", "name_sl"]
    change_form_template = "admin/topic_change.html"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.merge_view))
        return [path("<int:pk>/merge/", view, name="positions_topic_merge"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=Count("positions"))

    @admin.display(description=gettext_lazy("positions"), ordering="uses")
    def used(self, topic):
        return topic.uses

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["merge_form"] = MergeForm(gone=obj)
            context["merge_url"] = reverse("admin:positions_topic_merge", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request, pk):
        gone = get_object_or_404(Topic, pk=pk)
        form = MergeForm(request.POST, gone=gone)
        if not form.is_valid():
            messages.error(request, _("Choose the topic that stays."))
            return HttpResponseRedirect(reverse("admin:positions_topic_change", args=[pk]))
        kept, name = form.cleaned_data["kept"], gone.name
        merge_topics(gone=gone, kept=kept, by=request.user)
        messages.success(
            request,
            _("“%(gone)s” was merged into “%(kept)s”.") % {"gone": name, "kept": kept},
        )
        return HttpResponseRedirect(reverse("admin:positions_topic_change", args=[kept.pk]))


@admin.register(Law)
class LawAdmin(ReadOnlyAdmin):
    list_display = ["citation", "used"]
    search_fields = ["citation"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=Count("positions"))

    @admin.display(description=gettext_lazy("positions"), ordering="uses")
    def used(self, law):
        return law.uses
