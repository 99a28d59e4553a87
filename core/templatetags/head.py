"""What the head of a page says to those who pass it on: search engines, readers of feeds."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.addresses import absolute
from core.structured import in_a_script

register = template.Library()


@register.simple_block_tag
def said(content):
    """`{% said as name %}…{% endsaid %}`: what a block says, in one line, to be said in more places
    than one. It is escaped already, as any block of a page."""
    return SafeString(" ".join(content.split()))


@register.simple_tag
def site_address(path):
    return absolute(path)


@register.simple_tag
def feed_link(*, title, url):
    """By this readers of feeds find the feed of a page."""
    return format_html(
        '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">', title, url
    )


@register.inclusion_tag("components/json_ld.html")
def json_ld(*, thing):
    """Facts about the page's thing as JSON-LD (schema.org): data, which no browser runs."""
    return {"facts": in_a_script(thing)}
