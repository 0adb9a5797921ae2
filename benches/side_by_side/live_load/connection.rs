//! One connection by HTTP/1.1 that is kept open.

use std::net::SocketAddr;

use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// A connection and who asks on it.
pub(crate) struct Connection {
    sender: SendRequest<Body>,
    host: String,
    token: Option<String>,
    coding: &'static str,
}

impl Connection {
    pub(crate) async fn open(server: SocketAddr, token: Option<&str>) -> Self {
        let stream = TcpStream::connect(server).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Self { sender, host: server.to_string(), token: token.map(str::to_owned), coding: "gzip" }
    }

    /// The same for whoever reads what comes: without a coding.
    pub(crate) fn uncoded(self) -> Self {
        Self { coding: "identity", ..self }
    }

    pub(crate) async fn get(&mut self, path: &str) -> (StatusCode, Bytes) {
        self.whole(Method::GET, path, Body::empty()).await
    }

    pub(crate) async fn post(&mut self, path: &str, geojson: Vec<u8>) -> (StatusCode, Bytes) {
        self.whole(Method::POST, path, geojson.into()).await
    }

    /// An answer whose body is still to come.
    pub(crate) async fn begun(&mut self, path: &str) -> Incoming {
        let answer = self.sender.send_request(self.request(Method::GET, path, Body::empty())).await.unwrap();
        assert!(answer.status().is_success(), "{} for {path}", answer.status());
        answer.into_body()
    }

    async fn whole(&mut self, method: Method, path: &str, body: Body) -> (StatusCode, Bytes) {
        self.sender.ready().await.unwrap();
        let answer = self.sender.send_request(self.request(method, path, body)).await.unwrap();
        let status = answer.status();
        (status, answer.into_body().collect().await.unwrap().to_bytes())
    }

    fn request(&self, method: Method, path: &str, body: Body) -> Request<Body> {
        let is_post = method == Method::POST;
        let mut request = Request::builder().method(method).uri(path).header(HOST, &self.host);
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        request = request.header(ACCEPT_ENCODING, self.coding);
        if is_post {
            request = request.header(CONTENT_TYPE, "application/geo+json");
        }
        request.body(body).unwrap()
    }
}
