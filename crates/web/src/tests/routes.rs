//! The table of routes: every route says who may call it, and it is so.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use pingyi_app::Role;

use super::house::{House, request};
use crate::access::{Access, Kind};
use crate::table;

/// An address of the route; ids and codes that fit but do not exist.
fn address(path: &str) -> String {
    let filled = any_id(path)
        .replace("{id}", "a1b2c3d4e5f6g7h8")
        .replace("{uuid}", "4TAPAp81i55xTi")
        .replace("{code}", "p1");
    filled
        .replace("{tracker}", &"0".repeat(64))
        .replace("{name}", "a1b2c3d4e5f6g7h8")
        .replace("{*name}", "none.js")
}

/// Ids of records are all of one form; the name in the braces says of which kind.
fn any_id(path: &str) -> String {
    let kept = ["id", "uuid", "code", "tracker", "name", "*name"];
    path.split('/')
        .map(|part| {
            match part
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                Some(inside) if !kept.contains(&inside) => "a1b2c3d4e5f6g7h8",
                _ => part,
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[test]
fn the_list_of_routes_is_as_written_down() {
    insta::assert_snapshot!(table::listing());
}

#[test]
fn every_unsafe_route_that_is_public_is_known_here() {
    let open: Vec<&str> = table::all()
        .iter()
        .filter(|route| {
            !route.method.is_safe()
                && !route.meta.access.needs_session()
                && !route.meta.access.needs_link()
        })
        .map(|route| route.meta.path)
        .collect();
    assert_eq!(
        open,
        [
            "/api/login",
            "/api/setup",
            "/api/boxes/{uuid}/ballots",
            "/api/appraisals/{id}/opinions"
        ],
        "a new way in without log-in needs a look"
    );
}

#[tokio::test]
async fn without_credentials_every_closed_route_is_closed() {
    let house = House::open().await;
    for route in table::all() {
        let reply = house
            .send(request(
                route.method.clone(),
                &address(route.meta.path),
                None,
                Body::empty(),
            ))
            .await;
        let (status, path) = (reply.status, route.meta.path);
        match route.meta.access {
            Access::Public | Access::Rater => {
                assert!(
                    ![401, 403].contains(&status.as_u16()),
                    "{} {path} is {status}",
                    route.method
                );
            }
            Access::SignedIn | Access::Roles(_) if route.meta.kind == Kind::Page => {
                assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
                assert!(
                    reply.header("location").starts_with("/login?then=/"),
                    "{path}"
                );
            }
            Access::SignedIn | Access::Roles(_) => {
                assert_eq!(
                    (status, reply.code().as_str()),
                    (StatusCode::UNAUTHORIZED, "not_signed_in"),
                    "{path}"
                );
            }
            Access::TellerLink | Access::IssuerLink | Access::HallLink => {
                assert_eq!(
                    (status, reply.code().as_str()),
                    (StatusCode::UNAUTHORIZED, "bad_token"),
                    "{path}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_role_that_is_not_named_is_refused_and_one_that_is_gets_in() {
    let house = House::open().await;
    let mut people = Vec::new();
    for role in Role::ALL {
        people.push((
            role,
            house.user(&format!("a-{}", role.as_str()), &[role]).await,
        ));
    }
    for route in table::all() {
        let Access::Roles(roles) = route.meta.access else {
            continue;
        };
        for (role, person) in &people {
            let request = request(
                route.method.clone(),
                &address(route.meta.path),
                Some(person),
                Body::empty(),
            );
            let status = house.send(request).await.status;
            let refused = status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused,
                !roles.contains(role),
                "{} {} for {role:?}: {status}",
                route.method,
                route.meta.path
            );
        }
    }
}

#[tokio::test]
async fn every_unsafe_route_with_a_session_wants_the_token() {
    let house = House::open().await;
    let admin = house.admin().await;
    for route in table::all()
        .into_iter()
        .filter(|r| r.meta.access.needs_session() && !r.method.is_safe())
    {
        for token in [None, Some("wrong"), Some("")] {
            let mut request = request(
                route.method.clone(),
                &address(route.meta.path),
                Some(&admin),
                Body::empty(),
            );
            request.headers_mut().remove("x-csrf-token");
            if let Some(token) = token {
                request
                    .headers_mut()
                    .insert("x-csrf-token", token.parse().expect("a header"));
            }
            let reply = house.send(request).await;
            assert_eq!(
                (reply.status, reply.code().as_str()),
                (StatusCode::FORBIDDEN, "csrf"),
                "{}",
                route.meta.path
            );
        }
    }
}

#[tokio::test]
async fn a_wrong_token_of_a_link_opens_nothing() {
    let house = House::open().await;
    let admin = house.admin().await;
    for route in table::all()
        .into_iter()
        .filter(|route| route.meta.access.needs_link())
    {
        for header in [
            "Bearer AAAAAAAAAAAAAAAAAAAAAA",
            "Bearer ",
            "Basic x",
            "AAAAAAAAAAAAAAAAAAAAAA",
        ] {
            // Being signed in as anybody does not stand in for the link.
            let mut request = request(
                route.method.clone(),
                &address(route.meta.path),
                Some(&admin),
                Body::empty(),
            );
            request
                .headers_mut()
                .insert("authorization", header.parse().expect("a header"));
            let reply = house.send(request).await;
            assert_eq!(
                (reply.status, reply.code().as_str()),
                (StatusCode::UNAUTHORIZED, "bad_token"),
                "{header}"
            );
        }
    }
}

#[tokio::test]
async fn addresses_outside_the_table_and_wrong_methods_are_refused_in_words() {
    let house = House::open().await;
    let nowhere = house.get("/api/nothing", None).await;
    assert_eq!(
        (nowhere.status, nowhere.code().as_str()),
        (StatusCode::NOT_FOUND, "not_found")
    );
    let mut page = request(Method::GET, "/nothing?lang=zh-CN", None, Body::empty());
    page.headers_mut()
        .insert("accept", "text/html".parse().expect("a header"));
    let page = house.send(page).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("没有这一页"), "{}", page.text);
    let method = house
        .send(request(Method::DELETE, "/login", None, Body::empty()))
        .await;
    assert_eq!(
        (method.status, method.code().as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
    );
}
