# Titles of tilesets and of their layers.

## Tilesets and their layers

tileset-communes = Communes, wards and townships
tileset-districts = Districts
tileset-province = Province
tileset-labels = Area labels
tileset-models = Community models
tileset-incidents = Incidents
tileset-map = Map

## TileJSON

tilejson-description = { $edition }, from { $from } until before { $until }
tilejson-sample-attribution = Bình Yên – sample data
template-not-offered = This server signs no addresses of tiles: template_hours is 0 in its configuration.
