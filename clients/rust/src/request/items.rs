//! The elements of a list, page by page.

use crate::types::Pagination;
use crate::{Error, Request};
use serde::de::DeserializeOwned;
use std::collections::VecDeque;

/// A part of a list.
pub trait Listed: DeserializeOwned + Send + 'static {
    type Item;

    /// Its elements, and the field of the query that asks for the next part; nothing after the last.
    fn into_parts(self) -> (Vec<Self::Item>, Option<(&'static str, String)>);
}

/// See [`Request::items`].
#[derive(Debug)]
pub struct Items<T: Listed> {
    /// Of the next page, if there is one.
    next: Option<Request<T>>,
    read: VecDeque<T::Item>,
}

impl<T: Listed> Items<T> {
    pub(crate) fn new(first: Request<T>) -> Self {
        Self { next: Some(first), read: VecDeque::new() }
    }

    /// The next element; asks for the next page where it is needed.
    ///
    /// # Errors
    /// [`Error`] says which there are. Asked again, it asks for the same page again.
    pub async fn next(&mut self) -> Result<Option<T::Item>, Error> {
        loop {
            if let Some(item) = self.read.pop_front() {
                return Ok(Some(item));
            }
            let Some(request) = self.next.as_ref() else {
                return Ok(None);
            };
            let (items, next) = request.clone().await?.into_parts();
            let request = self.next.take();
            self.next = next.zip(request).map(|((name, value), mut request)| {
                request.unset("offset");
                request.set(name, value);
                request
            });
            self.read.extend(items);
        }
    }

    /// The first `limit` elements.
    ///
    /// # Errors
    /// As [`Items::next`].
    pub async fn take(mut self, limit: usize) -> Result<Vec<T::Item>, Error> {
        let mut all = Vec::new();
        while all.len() < limit
            && let Some(item) = self.next().await?
        {
            all.push(item);
        }
        Ok(all)
    }
}

pub(crate) fn after_page(pagination: Pagination) -> Option<(&'static str, String)> {
    pagination.next_cursor.map(|cursor| ("cursor", cursor))
}

/// Declares parts of lists: `Page of Item by field`, by what says where the next one begins.
macro_rules! listed {
    ($($page:ident of $item:ident by $next:ident)+) => {
        $(impl crate::request::items::Listed for $page {
            type Item = $item;

            fn into_parts(self) -> (Vec<$item>, Option<(&'static str, String)>) {
                let next = listed!(@$next self);
                (self.data, next)
            }
        })+
    };
    (@pagination $page:ident) => { crate::request::items::after_page($page.pagination) };
    // Events go on for ever: who has read to the end has an empty page.
    (@next_after $page:ident) => { (!$page.data.is_empty()).then(|| ("after", $page.next_after.to_string())) };
}

pub(crate) use listed;
