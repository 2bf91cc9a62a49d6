internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOPosix

/// The local web page.
public struct PageServer: Sendable {
    private let view: ViewedArchive
    private let address: String
    private let port: Int
    private let token: String?

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

    /// Answers until the process is told to end.
    ///
    /// - Parameter ready: told the address to open, once.
    public func run(ready: @escaping @Sendable (String) -> Void) async throws(ViewerError) {
        let bound = BoundPort()
        let (view, address, token) = (view, address, token)
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let guarding = RequestGuard(
                hosts: token == nil ? Self.names(address, port: await bound.port) : nil, token: token)
            let answers = Answers(view, guarding)
            let asked = Asked(request.head)
            // Pages read files and compare texts: that would hold up those who only wait for bytes.
            let answer = try await NIOThreadPool.singleton.runIfActive { answers.answer(asked) }
            return Response(answer, isHead: asked.method == "HEAD")
        }
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(address, port: port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                await bound.set(port)
                ready(Self.url(address, port: port, token: token))
            },
            logger: Logger(label: "stet") { _ in SwiftLogNoOpLogHandler() })
        do { try await application.runService() } catch {
            throw ViewerError("nothing can listen at \(address), port \(port): \(error)")
        }
    }

    private static func url(_ address: String, port: Int, token: String?) -> String {
        let host = address.contains(":") ? "[\(address)]" : address
        return "http://\(host):\(port)/" + (token.map { "?token=\($0)" } ?? "")
    }

    private static func names(_ address: String, port: Int) -> Set<String> {
        let host = address.contains(":") ? "[\(address)]" : address.lowercased()
        let hosts = ["localhost", "127.0.0.1", "[::1]", host]
        return Set(hosts.map { "\($0):\(port)" } + (port == 80 ? hosts : []))
    }
}

/// The port that the system gave.
private actor BoundPort {
    private(set) var port = 0
    func set(_ port: Int) { self.port = port }
}

extension Asked {
    init(_ head: HTTPRequest) {
        method = head.method.rawValue
        target = head.path ?? "/"
        var headers: [String: String] = ["host": head.authority ?? ""]
        for field in head.headerFields { headers[field.name.rawName.lowercased()] = field.value }
        self.headers = headers
    }
}

extension Response {
    fileprivate init(_ answer: Answer, isHead: Bool) {
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let whole = Response(
            status: .init(code: answer.status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        self = isHead ? whole.createHeadResponse() : whole
    }
}
