import Models
import Testing
import WebArchives

@Suite("Keys of addresses")
struct SURTTests {
    /// As the `surt` package, version 0.3.1, makes them.
    private static let table = [
        ("http://www.Example.org:8080/A/b/?z=1&a=2#f", "org,example:8080)/a/b?a=2&z=1"),
        ("https://example.org/", "org,example)/"), ("https://example.org", "org,example)/"),
        ("http://EXAMPLE.org/caf%C3%A9?q=a%20b", "org,example)/caf%c3%a9?q=a%20b"),
        ("http://www2.example.com/index.html?sid=9682993c8daa2c5497996114facdc805", "com,example)/index.html"),
        ("http://user:pw@x.org/p", "org,x)/p"), ("http://127.0.0.1:8000/a", "1,0,0,127:8000)/a"),
        ("http://[::1]/a", "::1)/a"), ("http://example.org/a//b/../c", "org,example)/a/c"),
        ("http://example.org/?", "org,example)/"), ("http://example.org/path/", "org,example)/path"),
        ("http://xn--mnchen-3ya.de/", "de,xn--mnchen-3ya)/"), ("http://münchen.de/ä", "de,xn--mnchen-3ya)/%c3%a4"),
        ("http://example.org/A?B=C&b=c", "org,example)/a?b=c&b=c"),
        ("http://example.org/%7Ea?x=%2f", "org,example)/~a?x=/"),
        ("http://example.org:443/a", "org,example:443)/a"), ("https://example.org:443/a", "org,example)/a"),
        ("https://example.org:8443/a?", "org,example:8443)/a"), ("http://example.org/a%2520b", "org,example)/a%20b"),
        ("http://example.org/a|b", "org,example)/a|b"), ("http://example.org/a?b&a=1&a", "org,example)/a?a&a=1&b"),
        ("http://example.org/a?x=1=2&x=1", "org,example)/a?x=1&x=1=2"), ("http://www.com/", "com)/"),
        ("http://wwwx.example.org/", "org,example,wwwx)/"), ("file:///a/b%20c.html", "file:/a/b%20c.html"),
        ("urn:x-stet:abc", "urn:x-stet:abc"), ("http://example.org/a/./b/", "org,example)/a/b"),
        ("http://例え.テスト/", "xn--zckzah,xn--r8jz45g)/"),
    ]

    @Test("are those that other tools make", arguments: table)
    func keys(address: String, key: String) { #expect(SURT.key(of: address) == key) }

    @Test(
        "are made of anything",
        arguments: [
            "", ":", "http:", "http://", "http://[", "http://:80", "http://%", "http://a/%zz%", "https://a:b:c/",
        ])
    func hostile(address: String) { _ = SURT.key(of: address) }
}
