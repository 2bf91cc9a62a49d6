internal import HummingbirdCore
internal import Logging
internal import Models
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// HTTP/1 connections: what is asked on them, one request after the other, and what is answered.
///
/// Request bodies are never wanted: a request that has one is answered and its connection closed.
struct Connections: ServerChildChannel {
    typealias Value = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    private typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    private typealias Inbound = NIOAsyncChannelInboundStream<HTTPServerRequestPart>

    /// After so long without a request, or without anything that a client took of its answer, its connection is closed.
    let idle: TimeAmount
    /// Where files are read.
    let threads: NIOThreadPool
    let answer: @Sendable (Asked) async throws -> Answer

    /// Parts of a body that are read so that a client gets to see the answer before the connection goes.
    private static let mostDrained = 64
    private static let mostHeaders = 32 << 10

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Self.mostHeaders
            limits.maxHeaderListSize = 2 * Self.mostHeaders
            limits.maxHeaderFieldCount = 100
            let pipeline = channel.pipeline.syncOperations
            // Errors are answered below, where it is known what was asked.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true, withErrorHandling: false, withOutboundHeaderValidation: true,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
            // Behind the decoder: a head that comes letter by letter is no sign of life.
            try pipeline.addHandler(IdleStateHandler(allTimeout: idle))
            try pipeline.addHandler(IdleCloser())
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        let local = Self.name(of: value.channel.localAddress)
        do {
            try await value.executeThenClose { inbound, outbound in
                var parts = inbound.makeAsyncIterator()
                var isBodied = false
                do {
                    while let part = try await parts.next() {
                        guard case .head(let head) = part else { continue }
                        isBodied = Self.isBodied(head)
                        let isLast = isBodied || !head.isKeepAlive
                        try await self.write(answer(Asked(head, local: local)), head, isLast: isLast, outbound)
                        if isLast { break }
                    }
                } catch let error as HTTPParserError {
                    try await refuse(error, outbound)
                    isBodied = true
                }
                outbound.finish()
                // Who is still sending would lose the answer when the connection went now.
                for _ in 0..<(isBodied ? Self.mostDrained : 0) {
                    guard try await parts.next() != nil else { break }
                }
            }
        } catch {
            // The client is gone, or what was promised cannot be read any more: the connection says so by its end.
        }
    }

    private static func isBodied(_ head: HTTPRequestHead) -> Bool {
        head.headers.contains(name: "transfer-encoding")
            || head.headers[canonicalForm: "content-length"].contains { $0 != "0" }
    }

    private func write(
        _ answer: Answer, _ head: HTTPRequestHead, isLast: Bool, _ outbound: Outbound
    ) async throws {
        var headers = HTTPHeaders(answer.headers.map { ($0.name, $0.value) })
        headers.add(name: "Date", value: HTTPDate.text(Timestamp(clampingSeconds: Int64(time(nil)))))
        headers.add(name: "Content-Length", value: "\(answer.length)")
        if isLast {
            headers.add(name: "Connection", value: "close")
        } else if head.version.isOld {
            headers.add(name: "Connection", value: "keep-alive")
        }
        let start = HTTPServerResponsePart.head(
            HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers))
        guard head.method != .HEAD, answer.length > 0 else {
            return try await outbound.write(contentsOf: [start, .end(nil)])
        }
        switch answer.body {
        case .bytes(let bytes):
            try await outbound.write(contentsOf: [start, .body(.byteBuffer(ByteBuffer(bytes: bytes))), .end(nil)])
        case .payload(let body):
            try await outbound.write(start)
            try await write(body, outbound)
            try await outbound.write(.end(nil))
        }
    }

    /// A little at a time, each when the client has taken the one before.
    private func write(_ body: PayloadBody, _ outbound: Outbound) async throws {
        var hasher = body.hash.map { _ in Hasher256() }
        var at = body.range.lowerBound
        while at < body.range.upperBound {
            let place = at
            let bytes = try await threads.runIfActive { try body.bytes(at: place) }
            guard !bytes.isEmpty else { throw ChannelError.inputClosed }
            at += bytes.count
            bytes.withUnsafeBytes { hasher?.update($0) }
            // The last of it is not sent unless all of it was right.
            if at == body.range.upperBound, let hasher, hasher.finish() != body.hash { throw ChannelError.inputClosed }
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
        }
    }

    /// What is no HTTP, or too much of it.
    private func refuse(_ error: HTTPParserError, _ outbound: Outbound) async throws {
        let answer: Answer =
            switch error {
            case .invalidMethod:
                .text("Only GET and HEAD are answered.\n", status: 405, headers: [("Allow", "GET, HEAD")])
            case .headerOverflow: .text("The address or the headers are too long.\n", status: 431)
            case .invalidVersion: .text("Only HTTP/1.0 and HTTP/1.1 are spoken here.\n", status: 505)
            default: .text("This is not HTTP.\n", status: 400)
            }
        try await write(
            answer.guarded, HTTPRequestHead(version: .http1_1, method: .GET, uri: "/"), isLast: true, outbound)
    }

    /// Address and port as they stand in an address of the web.
    static func name(of address: SocketAddress?) -> String {
        guard let address, let ip = address.ipAddress else { return "localhost" }
        let plain = ip.hasPrefix("::ffff:") && ip.contains(".") ? String(ip.dropFirst(7)) : ip
        let host = plain.contains(":") ? "[\(plain)]" : plain
        return host + (address.port.map { ":\($0)" } ?? "")
    }
}

/// Closes what nobody uses.
private final class IdleCloser: ChannelInboundHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}

extension HTTPVersion {
    /// Before 1.1.
    fileprivate var isOld: Bool { major < 1 || major == 1 && minor < 1 }
}

extension Asked {
    fileprivate init(_ head: HTTPRequestHead, local: String) {
        var headers = head.headers.map { (name: $0.name, value: $0.value) }
        // HTTP/1.0 knows no `Host`; no browser speaks it.
        if head.version.isOld, !head.headers.contains(name: "host") { headers.append(("Host", local)) }
        self.init(method: head.method.rawValue, target: Self.origin(head.uri), headers: headers, local: local)
    }

    /// Path and query of an absolute address, which clients send to proxies; others as they are.
    private static func origin(_ target: String) -> String {
        guard let scheme = ["http://", "https://"].first(where: { target.lowercased().hasPrefix($0) }) else {
            return target
        }
        let rest = target.utf8.dropFirst(scheme.utf8.count)
        let path = rest.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        return path.first == UInt8(ascii: "/") ? String(Substring(path)) : "/" + String(Substring(path))
    }
}
