//! Inputs as they are kept: some lines of text that choose, and whatever follows.

/// What is left of an input.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl Bytes<'_> {
    /// All up to a line feed.
    pub(crate) fn line(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == b'\n').unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        String::from_utf8_lossy(line).into_owned()
    }

    /// The one that a line names; any other line names some as well.
    pub(crate) fn chosen<T>(&mut self, of: &[T], name: impl Fn(&T) -> &str) -> usize {
        let line = self.line();
        let named = of.iter().position(|one| name(one) == line);
        named.unwrap_or_else(|| line.bytes().map(usize::from).sum::<usize>() % of.len())
    }

    /// All that is left, as text.
    pub(crate) fn text(self) -> String {
        String::from_utf8_lossy(self.0).into_owned()
    }
}

/// A text as a path or a query takes it.
pub(crate) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
