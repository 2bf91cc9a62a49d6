internal import CBrotli
internal import CZlib
internal import CZstd

/// What one step of a decoder did.
struct DecodingStep {
    enum State {
        case going
        /// The stream, member or frame is complete and its check value was right.
        case ended
        case damaged
    }
    var consumed: Int
    var produced: Int
    var state: State
}

/// A decompressor that works on parts.
protocol StreamDecoder: AnyObject {
    /// Decodes some of `input`. Neither buffer may be kept.
    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep
    /// Makes it ready for a new stream.
    func reset()
}

/// gzip (RFC 1952), zlib (RFC 1950) and raw deflate (RFC 1951).
final class Inflater: StreamDecoder {
    /// The values are zlib's window bits.
    enum Wrapping: Int32 {
        case gzip = 31
        case zlib = 15
        case raw = -15
    }

    private let stream: UnsafeMutablePointer<z_stream>
    private let isReady: Bool

    init(_ wrapping: Wrapping) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        isReady =
            inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        if isReady { inflateEnd(stream) }
        stream.deallocate()
    }

    func reset() { if isReady { inflateReset(stream) } }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        guard isReady else { return DecodingStep(consumed: 0, produced: 0, state: .damaged) }
        let (inputCount, outputCount) = (min(input.count, 1 << 30), min(output.count, 1 << 30))
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(inputCount)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(outputCount)
        let result = inflate(stream, Z_NO_FLUSH)
        let state: DecodingStep.State =
            switch result {
            case Z_STREAM_END: .ended
            // A step that could do nothing is no damage: it lacks input or room.
            case Z_OK, Z_BUF_ERROR: .going
            default: .damaged
            }
        return DecodingStep(
            consumed: inputCount - Int(stream.pointee.avail_in),
            produced: outputCount - Int(stream.pointee.avail_out), state: state)
    }
}

/// zstd frames (RFC 8878), skippable ones included.
final class ZstdDecoder: StreamDecoder {
    private let context: OpaquePointer?

    init() { context = ZSTD_createDCtx() }

    deinit { ZSTD_freeDCtx(context) }

    /// Used for every frame from now on. False when it cannot be used.
    func use(dictionary: [UInt8]) -> Bool {
        ZSTD_isError(ZSTD_DCtx_loadDictionary(context, dictionary, dictionary.count)) == 0
    }

    func reset() { ZSTD_DCtx_reset(context, ZSTD_reset_session_only) }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(context, &target, &source)
        let state: DecodingStep.State = ZSTD_isError(result) != 0 ? .damaged : result == 0 ? .ended : .going
        return DecodingStep(consumed: source.pos, produced: target.pos, state: state)
    }
}

/// Brotli (RFC 7932).
final class BrotliDecoder: StreamDecoder {
    private var decoder: OpaquePointer?

    init() { decoder = BrotliDecoderCreateInstance(nil, nil, nil) }

    deinit { BrotliDecoderDestroyInstance(decoder) }

    func reset() {
        BrotliDecoderDestroyInstance(decoder)
        decoder = BrotliDecoderCreateInstance(nil, nil, nil)
    }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodingStep {
        guard let decoder else { return DecodingStep(consumed: 0, produced: 0, state: .damaged) }
        var (inputLeft, outputLeft) = (input.count, output.count)
        var nextIn = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var nextOut = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let result = BrotliDecoderDecompressStream(decoder, &inputLeft, &nextIn, &outputLeft, &nextOut, nil)
        let state: DecodingStep.State =
            switch result {
            case BROTLI_DECODER_RESULT_SUCCESS: .ended
            case BROTLI_DECODER_RESULT_ERROR: .damaged
            default: .going
            }
        return DecodingStep(
            consumed: input.count - inputLeft, produced: output.count - outputLeft, state: state)
    }
}
