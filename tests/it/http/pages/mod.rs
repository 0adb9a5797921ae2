//! Pages, frames and links for other sites.

mod basemap;
mod embed;
mod first_picture;
mod methods;
mod oembed;
mod share;
mod surroundings;
