from django.db.models import Aggregate, JSONField


class Gathered(Aggregate):
    """The values of all rows as one JSON list: so what belongs to a thing comes along with it,
    in the thing's own query. In no order."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)
