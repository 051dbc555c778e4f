mod attack;
mod exports;
mod house;
mod pages;
mod record_rights;
mod routes;
mod server;
