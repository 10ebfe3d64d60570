"""Headers the settings can't say alone: the admin's looser policy, and who may embed our answers."""

from django.http import HttpRequest, HttpResponse

# Wagtail's admin carries inline scripts (page editor: choosers and dates; wagtail-localize: its editor) and inline styles, previews its pages
# in a frame of our own, and makes blobs of images before upload. Only people with the right to edit ever see it.
ADMIN_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class SafetyHeaders:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
