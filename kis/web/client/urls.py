"""The client's pages."""

from django.urls import path

from kis.web import paths  # noqa: F401 -- makes <week:> and <phase:> known
from kis.web.client import views_jobs, views_papers, views_propose, views_review, views_status

app_name = "client"

urlpatterns = [
    path("status/", views_status.status, name="status"),
    path("status/<week:week>/<phase:phase>/", views_status.phase_list, name="list"),
    path("status/accept/", views_status.accept_many, name="accept_many"),
    path("timesheets/<int:pk>/", views_review.timesheet_review, name="timesheet_review"),
    path("timesheets/<int:pk>/receipt/<uuid:receipt>/", views_review.timesheet_receipt, name="timesheet_receipt"),
    path("timesheets/<int:pk>/evidence.<str:kind>", views_papers.timesheet_evidence, name="timesheet_evidence"),
    path("timesheets/<int:pk>/accept/", views_review.timesheet_accept, name="timesheet_accept"),
    path("timesheets/<int:pk>/refuse/", views_review.timesheet_refuse, name="timesheet_refuse"),
    path("timesheets/<int:pk>/propose/", views_propose.timesheet_propose, name="timesheet_propose"),
    path("timesheets/<int:pk>/correct/", views_propose.timesheet_correct, name="timesheet_correct"),
    path("timesheets/<int:pk>/drop/", views_review.timesheet_drop, name="timesheet_drop"),
    path("timesheets/<int:pk>/undo/", views_review.timesheet_undo, name="timesheet_undo"),
    path("timesheets/<int:pk>/acknowledge/", views_review.timesheet_acknowledge, name="timesheet_acknowledge"),
    path("jobs/", views_jobs.jobs, name="jobs"),
    path("jobs/hours.<str:kind>", views_papers.hours, name="hours"),
    path("jobs/<int:pk>/", views_jobs.job, name="job"),
]
