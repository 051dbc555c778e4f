mod attack;
mod house;
mod pages;
mod routes;
mod server;
