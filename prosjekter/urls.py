app_name = "prosjekter"
urlpatterns = []
