private import CCurl

/// One request while it runs: what libcurl's callbacks work on.
///
/// No error may cross libcurl, so the first one is kept here and libcurl is told to stop.
final class PageTransfer {
    private let limit: Int
    /// What is beyond the limit is left out, not refused.
    private let isCuttable: Bool
    private let allowsPrivate: Bool
    /// What libcurl sent of heads, one after the other.
    private var sent: [UInt8] = []
    private(set) var head: [UInt8] = []
    private(set) var body: [UInt8] = []
    private(set) var tls: Exchange.TLS?
    private(set) var isCut = false
    private(set) var isKeptOut = false
    private(set) var outcome: FetchOutcome?
    private var isHeadWhole = false

    private static let largestHead = 256 << 10

    init(limit: Int, isCuttable: Bool, allowsPrivate: Bool) {
        self.limit = limit
        self.isCuttable = isCuttable
        self.allowsPrivate = allowsPrivate
    }

    private static func from(_ context: UnsafeMutableRawPointer) -> PageTransfer {
        Unmanaged<PageTransfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// - Parameter handle: must not be used for longer than this object lives.
    func attach(to handle: UnsafeMutableRawPointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        stet_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        stet_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            return PageTransfer.from(context).take(UnsafeRawBufferPointer(start: data, count: size * count))
        }
        stet_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        stet_curl_set_callback(handle, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            guard let data, let context else { return 0 }
            return PageTransfer.from(context).take(line: UnsafeRawBufferPointer(start: data, count: size * count))
        }
        stet_curl_set_number(handle, CURLOPT_VERBOSE, 1)
        stet_curl_set_pointer(handle, CURLOPT_DEBUGDATA, context)
        stet_curl_set_debugger(handle) { _, kind, data, count, context in
            guard let data, let context else { return 0 }
            let bytes = UnsafeRawBufferPointer(start: data, count: count)
            if kind == CURLINFO_HEADER_OUT { PageTransfer.from(context).sent += bytes }
            if kind == CURLINFO_TEXT { PageTransfer.from(context).note(bytes) }
            return 0
        }
        stet_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context)
        stet_curl_set_opener(handle) { context, _, address in
            guard let context, let address else { return -1 }
            return PageTransfer.from(context).mayConnect(to: address) ? stet_curl_open(address) : -1
        }
    }

    /// The head as the page's own server was sent it. What a proxy was told, with the user's password for it, is nobody else's business.
    var request: [UInt8] {
        let separator: [UInt8] = [0x0D, 0x0A]
        var kept: [UInt8] = []
        var isForProxy = false
        var isStart = true
        var rest = sent[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
            let line = rest[..<end]
            rest = rest[end...]
            if isStart { isForProxy = line.starts(with: "CONNECT ".utf8) }
            isStart = line.elementsEqual(separator)
            let isSecret = Self.isProxyField(line)
            if !isForProxy, !isSecret { kept += line }
        }
        return kept
    }

    /// Any of `Proxy-Authorization`, `Proxy-Connection`.
    private static func isProxyField(_ line: ArraySlice<UInt8>) -> Bool {
        let name = "proxy-".utf8
        return line.count >= name.count
            && zip(line, name).allSatisfy { ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 }
    }

    private func mayConnect(to address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
        guard !allowsPrivate else { return true }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = Int(stet_curl_address(address, &bytes))
        guard let found = NetworkAddress(bytes: Array(bytes.prefix(count))), !found.isPrivate else {
            isKeptOut = true
            return false
        }
        return true
    }

    /// libcurl has no other way to tell version and cipher: `SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384`.
    private func note(_ line: UnsafeRawBufferPointer) {
        let start = "SSL connection using "
        guard line.starts(with: start.utf8) else { return }
        let parts = String(decoding: line.dropFirst(start.utf8.count), as: UTF8.self).split(separator: "/").map {
            $0.filter { $0.isASCII && !$0.isWhitespace }
        }
        guard parts.count >= 2 else { return }
        tls = Exchange.TLS(version: parts[0], cipher: parts[1])
    }

    private func take(line: UnsafeRawBufferPointer) -> Int {
        let startsAnswer = line.starts(with: "HTTP/".utf8)
        // Each answer on the way to the last one begins anew; what follows the body is no part of the head.
        if isHeadWhole, startsAnswer {
            head = []
            isHeadWhole = false
        }
        guard !isHeadWhole else { return line.count }
        guard head.count + line.count <= Self.largestHead else {
            outcome = .malformed
            return 0
        }
        head += line
        isHeadWhole = line.allSatisfy { $0 == 0x0D || $0 == 0x0A }
        return line.count
    }

    private func take(_ part: UnsafeRawBufferPointer) -> Int {
        guard body.count + part.count <= limit else {
            if isCuttable {
                body += part.prefix(limit - body.count)
                isCut = true
            } else {
                outcome = .tooLarge
            }
            return 0
        }
        body += part
        return part.count
    }
}
