"""Settings for property-based tests whose examples pass through official schemas: few, and without a clock."""

from hypothesis import HealthCheck, settings

quick = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
