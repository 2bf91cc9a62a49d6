import SyncEngine
import Testing

@Suite("Addresses of ssh remotes")
struct SSHAddressTests {
    struct Good: Sendable {
        let text: String
        let user: String?
        let host: String
        let port: Int?
        let path: String

        init(_ text: String, _ user: String?, _ host: String, _ port: Int?, _ path: String) {
            (self.text, self.user, self.host, self.port, self.path) = (text, user, host, port, path)
        }
    }

    static let good = [
        Good("ssh://desk/srv/press", nil, "desk", nil, "/srv/press"),
        Good("ssh://ann@desk.example.org:2222/srv/press/", "ann", "desk.example.org", 2222, "/srv/press"),
        Good("ssh://ann%40corp@desk/x", "ann@corp", "desk", nil, "/x"),
        Good("ssh://ann@corp@desk/x", "ann@corp", "desk", nil, "/x"),
        Good("ssh://desk/~/press", nil, "desk", nil, "press"),
        Good("ssh://desk/~", nil, "desk", nil, "."),
        Good("ssh://desk/~//", nil, "desk", nil, "."),
        Good("ssh://desk/", nil, "desk", nil, "/"),
        Good("ssh://desk/a%20b/%C3%A9%25", nil, "desk", nil, "/a b/é%"),
        Good("ssh://desk:22/at@home", nil, "desk", 22, "/at@home"),
        Good("ssh://[::1]:22/x", nil, "::1", 22, "/x"),
        Good("ssh://me@[fe80::1%25eth0]/x", "me", "fe80::1%eth0", nil, "/x"),
    ]

    @Test("an address says user, host, port and path", arguments: good)
    func parsed(_ good: Good) throws {
        let address = try SSHAddress(good.text)
        #expect(address.user == good.user)
        #expect(address.host == good.host)
        #expect(address.port == good.port)
        #expect(address.path == good.path)
        #expect(address.text == good.text)
    }

    @Test(
        "what ssh could take for an option, or is not understood, is no address",
        arguments: [
            "desk:/srv", "ssh:/desk/x", "ssh://", "ssh:///x", "ssh://desk", "ssh://-oProxyCommand=id/x", "ssh://-x/y",
            "ssh://%2DoProxyCommand=id/x", "ssh://-l@desk/x", "ssh://%2Dl@desk/x", "ssh://@desk/x", "ssh://a b@desk/x",
            "ssh://a;b@desk/x", "ssh://de sk/x", "ssh://desk;id/x", "ssh://$(id)/x", "ssh://d%20e/x", "ssh://dés/x",
            "ssh://desk:/x", "ssh://desk:0/x", "ssh://desk:65536/x", "ssh://desk:022/x", "ssh://desk:+22/x",
            "ssh://desk:2 2/x", "ssh://desk/%", "ssh://desk/%2", "ssh://desk/%zz", "ssh://desk/%00", "ssh://desk/a%0Ab",
            "ssh://desk/%ff", "ssh://desk/~ann/x", "ssh://[desk]/x", "ssh://[::1/x", "ssh://[::1]22/x",
            "ssh://[-::1]/x",
            "ssh://\(String(repeating: "a", count: 256))/x",
        ])
    func refused(_ text: String) {
        #expect(Outcome { () throws(SyncError) in _ = try SSHAddress(text) }.name == "misconfigured")
    }

    @Test(
        "a password in an address is refused and never shown",
        arguments: [
            "ssh://ann:s3cret@desk/x", "ssh://ann:s3/cret@desk/x", "ssh://ann:s3@cret@desk/x", "ssh://:s3cret@desk/x",
        ])
    func passwords(_ text: String) {
        var shown = ""
        do throws(SyncError) { shown = try SSHAddress(text).text } catch { shown = "\(error)" }
        #expect(!shown.contains("s3") && !shown.contains("cret"), "\(shown)")
        #expect(shown.contains("misconfigured"))
    }
}
