"""Addresses of threads and posts."""

from django.urls import path

from community.threads import learning_views, list_views, views, writing

urlpatterns = [
    path("", list_views.discuss, name="discuss"),
    path("feed.atom", list_views.feed, name="discuss_feed"),
    path("threads/new/", writing.new_thread, name="new_thread"),
    path("threads/nearest/", writing.nearest_to, name="nearest_threads"),
    path("threads/drafts/", writing.save_draft, name="save_draft"),
    path("threads/drafts/drop/", writing.drop_draft, name="drop_draft"),
    path("threads/people/", writing.people, name="people_to_mention"),
    path("threads/<int:pk>/", views.thread, name="thread"),
    path("threads/<int:pk>/reply/", writing.reply, name="reply"),
    path("threads/<int:pk>/since/<int:number>/", views.since, name="posts_since"),
    path("threads/<int:pk>/seen/<int:number>/", views.seen, name="seen"),
    path("threads/<int:pk>/summary/", learning_views.summarise, name="summarise_thread"),
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts/<int:pk>/edit/", views.edit, name="edit_post"),
    path("posts/<int:pk>/delete/", views.delete, name="delete_post"),
    path("posts/<int:pk>/history/", views.history, name="post_history"),
    path("posts/<int:pk>/language/", views.correct_language, name="post_language"),
    path("posts/<int:pk>/translate/", views.translate, name="translate_post"),
    path("posts/<int:pk>/react/", views.react, name="react"),
    path("posts/<int:pk>/accept/", views.accept, name="accept_post"),
]
