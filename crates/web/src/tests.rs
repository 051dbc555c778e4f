mod attack;
mod evidence;
mod exports;
mod house;
mod pages;
mod record_rights;
mod routes;
mod server;
