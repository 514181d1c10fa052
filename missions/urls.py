"""Where curators create and edit. The pages anyone reads are in partnerskap.sider.missionside."""

urlpatterns = []
