//! What is wrong with a plain HTTP request, told as Horizon and friendbot tell it (RFC 9457).

use crate::store::StoreError;
use crate::worker::Defect;
use axum::Json;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// An answer that is not what was asked for.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    /// What kind it is, in one word that clients know.
    kind: &'static str,
    title: &'static str,
    detail: String,
    extras: Map<String, Value>,
}

impl Problem {
    pub fn new(
        status: StatusCode,
        kind: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self { status, kind, title, detail: detail.into(), extras: Map::new() }
    }

    /// The request cannot be understood, or cannot be done as it is.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", "Bad Request", detail)
    }

    fn internal(detail: String) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "server_error", "Internal Server Error", detail)
    }

    /// Adds to what is wrong what a program can read.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.extras.insert(name.into(), value.into());
        self
    }
}

impl From<Defect> for Problem {
    fn from(defect: Defect) -> Self {
        Self::internal(defect.to_string())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": format!("https://stellar.org/horizon-errors/{}", self.kind),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if !self.extras.is_empty() {
            body["extras"] = self.extras.into();
        }
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (self.status, kind, Json(body)).into_response()
    }
}
