app_name = "organisasjoner"
urlpatterns = []
