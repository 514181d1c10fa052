app_name = "kommuner"
urlpatterns = []
