app_name = "partnere"
urlpatterns = []
