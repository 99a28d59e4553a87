"""Small parts of the board's queue."""

from django import template

from positions import queue

register = template.Library()


@register.simple_tag
def days_left(*, day):
    return queue.days_left(day)
