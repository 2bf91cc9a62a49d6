internal import Models

/// Which requests go by which proxy, as the environment variables known from curl say it.
public struct Proxies: Hashable, Sendable {
    private let http: String?
    private let https: String?
    /// `*`, names with all below them, addresses, and networks as `10.0.0.0/8`.
    private let exceptions: [String]

    /// - Parameters:
    ///   - http: `http_proxy`. Its upper-case form is no variable: servers give it to what they run, as a header field of any client.
    ///   - https: `https_proxy`.
    ///   - all: `all_proxy`, for schemes without one of their own.
    ///   - exceptions: `no_proxy`, separated by commas or spaces.
    public init(http: String? = nil, https: String? = nil, all: String? = nil, exceptions: String? = nil) {
        self.http = http ?? all
        self.https = https ?? all
        self.exceptions = (exceptions ?? "").lowercased().split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// Nil for what is asked directly.
    package func proxy(forURL url: String) -> String? { WebAddress(url).flatMap(proxy) }

    func proxy(for address: WebAddress) -> String? {
        guard let proxy = address.scheme == "https" ? https : http else { return nil }
        let host = address.host.filter { $0 != "[" && $0 != "]" }
        return exceptions.contains { Self.covers($0, host) } ? nil : proxy
    }

    private static func covers(_ exception: String, _ host: String) -> Bool {
        if exception == "*" { return true }
        if let address = NetworkAddress(host) {
            let parts = exception.filter { $0 != "[" && $0 != "]" }.split(separator: "/", maxSplits: 1)
            guard let first = parts.first, let network = NetworkAddress(String(first)) else { return false }
            guard parts.count == 2 else { return network == address }
            return Int(parts[1]).map { address.isInside(network, bits: $0) } ?? false
        }
        let name = exception.hasPrefix(".") ? String(exception.dropFirst()) : exception
        return !name.isEmpty && (host == name || host.hasSuffix("." + name))
    }
}
