internal import Glibc
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix

/// The local web page.
public struct PageServer: Sendable {
    private let view: ViewedArchive
    private let address: String
    private let port: Int
    private let token: String?

    /// Requests that read the archive at the same time; others wait.
    private static let threads = 8
    /// More wait until one of these is closed: each takes a file descriptor.
    private static let mostConnections = 400
    /// How long a page waits for captures that are being compared.
    private static let patience = Duration.milliseconds(300)
    private static let idle = TimeAmount.seconds(60)

    /// - Parameters:
    ///   - address: an IP address or name of this machine.
    ///   - port: 0 for one that is free.
    ///   - token: what every browser must know; nil to answer whoever can reach the address, which must be a loopback one then.
    public init(_ view: ViewedArchive, address: String, port: Int, token: String?) {
        self.view = view
        self.address = address
        self.port = port
        self.token = token
    }

    /// Answers until the process ends.
    ///
    /// - Parameter ready: told the address to open, once.
    public func run(ready: @escaping @Sendable (String) -> Void) async throws(ListeningError) {
        let place = try resolved()
        let (view, token) = (view, token)
        let threads = NIOThreadPool(numberOfThreads: Self.threads)
        threads.start()
        let host = address.contains(":") ? "[\(address)]" : address
        let refresher = Refresher(patience: Self.patience) {
            do {
                return try await threads.runIfActive {
                    try view.refresh()
                    return .current
                }
            } catch {
                return .stuck(Answers.told(error).text)
            }
        }
        let bound = Bound()
        let connections = Connections(idle: Self.idle, threads: threads) { asked in
            let answers = await bound.answers(view, host: host, token: token)
            let wanted = answers.wanted(asked)
            let freshness = wanted.isCompared ? await refresher.refresh() : .current
            // Pages read files and compare texts: that would hold up those who only wait for bytes.
            return try await threads.runIfActive { answers.answer(wanted, asked, freshness) }
        }
        let logger = Logger(label: "stet") { _ in SwiftLogNoOpLogHandler() }
        let server = Server(
            childChannelSetup: connections,
            configuration: ServerConfiguration(
                address: .hostname(place.ipAddress ?? address, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections, logger: logger)),
            onServerRunning: { channel in
                await bound.set(channel.localAddress)
                ready(
                    "http://\(Reachable.name(of: channel.localAddress, asked: host))/"
                        + (token.map { "?token=\($0)" } ?? ""))
            }, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        do { try await server.run() } catch { throw ListeningError(address, port, error) }
    }

    /// Names are looked up once, so that what was checked is what is listened at.
    private func resolved() throws(ListeningError) -> SocketAddress {
        let place: SocketAddress
        do { place = try SocketAddress.makeAddressResolvingHost(address, port: port) } catch {
            throw ListeningError(address, port, .unknown)
        }
        guard token != nil || Reachable.isLoopback(place) else { throw ListeningError(address, port, .unguarded) }
        return place
    }
}

/// What is known once the server listens.
private actor Bound {
    private var place: SocketAddress?
    private var answers: Answers?

    func set(_ place: SocketAddress?) { self.place = place }

    func answers(_ view: ViewedArchive, host: String, token: String?) -> Answers {
        if let answers { return answers }
        let made = Answers(view, RequestGuard(host: host, port: place?.port ?? 0, token: token))
        answers = made
        return made
    }
}

/// How others name an address at which a server listens.
private enum Reachable {
    static func isLoopback(_ address: SocketAddress) -> Bool {
        guard let ip = address.ipAddress else { return false }
        return ip == "::1" || ip.hasPrefix("127.") || ip.hasPrefix("::ffff:127.")
    }

    /// Host and port; for all addresses of the machine (`0.0.0.0`, `::`), one that others can use.
    static func name(of bound: SocketAddress?, asked host: String) -> String {
        let port = bound?.port ?? 0
        guard let bound, let ip = bound.ipAddress, ip == "0.0.0.0" || ip == "::" else { return "\(host):\(port)" }
        let all = (try? System.enumerateDevices())?.compactMap(\.address) ?? []
        let outer = all.filter { !isLoopback($0) && $0.ipAddress?.hasPrefix("fe80:") == false }
        let found = outer.first { $0.protocol == .inet } ?? (ip == "::" ? outer.first : nil)
        guard let name = found?.ipAddress else { return "\(ip == "::" ? "[::1]" : "127.0.0.1"):\(port)" }
        return (name.contains(":") ? "[\(name)]" : name) + ":\(port)"
    }
}

/// Why nothing can be served at an address.
public struct ListeningError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case inUse
        case notPermitted
        /// No address of this machine.
        case elsewhere
        /// No address at all.
        case unknown
        /// Others could reach it, and there is no token.
        case unguarded
        case other(String)
    }

    public let address: String
    public let port: Int
    public let reason: Reason

    init(_ address: String, _ port: Int, _ reason: Reason) {
        self.address = address
        self.port = port
        self.reason = reason
    }

    fileprivate init(_ address: String, _ port: Int, _ error: any Error) {
        let reason: Reason =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: .inUse
            case EACCES, EPERM: .notPermitted
            case EADDRNOTAVAIL: .elsewhere
            default: .other("\(error)")
            }
        self.init(address, port, reason)
    }
}
