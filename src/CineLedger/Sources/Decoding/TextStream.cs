using System.Text;
using System.Text.Unicode;
using CineLedger.Files;
using CineLedger.Model;

namespace CineLedger.Sources.Decoding;

/// <summary>
/// The text of a file as valid UTF-8 without NUL, whatever its encoding. Valid UTF-8 is only checked, in the reader's buffer. UTF-16 is recognized by the first
/// bytes. The first byte that is not UTF-8 triggers a decision for the whole file, which is read once more for that: either the text is Windows-1252, or every
/// damaged character becomes U+FFFD.
/// </summary>
/// <param name="inner">The file, which is disposed with this stream.</param>
/// <param name="displayName">The file's name, for messages.</param>
/// <param name="reopen">Opens the file again.</param>
/// <param name="declared">The encoding that the user states; null to detect it.</param>
internal sealed class TextStream(Stream inner, string displayName, Func<Stream> reopen, Encoding? declared) : ReadOnlyStream
{
    private const int BlockBytes = 64 << 10;

    /// <summary>The smallest buffer that is read into directly: it must hold more than the beginning of a character.</summary>
    private const int MinDirectBytes = 16;

    /// <summary>The number of consecutive NUL bytes that means that a part of the file is lost. Programs write single NUL bytes; a failed copy leaves whole blocks.</summary>
    private const int MaxNulRun = 256;

    private static readonly string NulRun = new('\0', MaxNulRun);

    private readonly byte[] _start = new byte[4];
    private int _startLength;
    private byte[] _pending = [];
    private int _pendingAt;
    private Decoder? _decoder;
    private bool _isStarted;
    private bool _isEnded;

    /// <summary>The encoding from which the text was converted; null as long as all of it is UTF-8.</summary>
    public Encoding? Encoding { get; private set; }

    /// <summary>The name of the file's encoding, as far as it has been read.</summary>
    public string EncodingName => Encoding?.WebName ?? System.Text.Encoding.UTF8.WebName;

    /// <summary>The number of NUL bytes that were left out.</summary>
    public long NulBytes { get; private set; }

    /// <summary>True once a damaged character was replaced by U+FFFD.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Not supported, because deciding on an encoding reads the file.</summary>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_pendingAt < _pending.Length)
            {
                var length = Math.Min(buffer.Length, _pending.Length - _pendingAt);
                _pending.AsMemory(_pendingAt, length).CopyTo(buffer);
                _pendingAt += length;
                return length;
            }

            if (_isEnded || buffer.IsEmpty)
            {
                return 0;
            }

            var direct = _isStarted && _decoder is null && buffer.Length >= MinDirectBytes;
            var block = direct ? buffer : new byte[_isStarted ? BlockBytes : SourceEncoding.HeadLength];
            var filled = await FillAsync(block, cancellationToken).ConfigureAwait(false);
            if (_decoder is null && await AcceptAsync(block[..filled], cancellationToken).ConfigureAwait(false) is > 0 and var accepted)
            {
                if (direct)
                {
                    return accepted;
                }

                (_pending, _pendingAt) = (block[..accepted].ToArray(), 0);
            }
            else if (_decoder is not null)
            {
                Decode(block.Span[..filled]);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads a block, prefixed by the incomplete character at the end of the previous block.</summary>
    private async ValueTask<int> FillAsync(Memory<byte> block, CancellationToken cancellationToken)
    {
        _start.AsMemory(0, _startLength).CopyTo(block);
        var filled = _startLength;
        _startLength = 0;
        if (_isStarted)
        {
            var read = await inner.ReadAsync(block[filled..], cancellationToken).ConfigureAwait(false);
            _isEnded = read == 0;
            return filled + read;
        }

        filled = await inner.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        (_isStarted, _isEnded) = (true, filled < block.Length);
        if (declared is not null && declared.CodePage != System.Text.Encoding.UTF8.CodePage)
        {
            Begin(declared);
        }
        else if (declared is null && SourceEncoding.Detect(block.Span[..filled]) is { } found)
        {
            Begin(found.Encoding);
        }

        return filled;
    }

    /// <summary>
    /// Accepts a block of UTF-8. Returns the number of bytes to deliver: none if it was converted instead, or if it ends within its first character. The rest of an
    /// incomplete last character is kept for the next block.
    /// </summary>
    private async ValueTask<int> AcceptAsync(Memory<byte> block, CancellationToken cancellationToken)
    {
        var incomplete = _isEnded ? 0 : GetIncompleteLength(block.Span);
        var whole = block[..^incomplete];
        if (!Utf8.IsValid(whole.Span))
        {
            if (declared is null && !IsDamaged && Encoding is null && await IsWindows1252Async(cancellationToken).ConfigureAwait(false))
            {
                Begin(SourceEncoding.Windows1252);
                return 0;
            }

            IsDamaged = true;
            KeepIncomplete(block, incomplete);
            SetPending(System.Text.Encoding.UTF8.GetString(whole.Span));
            return 0;
        }

        KeepIncomplete(block, incomplete);
        if (!whole.Span.Contains((byte)0))
        {
            return whole.Length;
        }

        SetPending(System.Text.Encoding.UTF8.GetString(whole.Span));
        return 0;
    }

    private async ValueTask<bool> IsWindows1252Async(CancellationToken cancellationToken)
    {
        var again = reopen();
        await using (again.ConfigureAwait(false))
        {
            return await LegacyText.IsWindows1252Async(again, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Begin(Encoding encoding)
    {
        Encoding = encoding;
        _decoder = encoding.GetDecoder();
    }

    private void Decode(ReadOnlySpan<byte> block)
    {
        var text = new char[_decoder!.GetCharCount(block, _isEnded)];
        SetPending(new string(text, 0, _decoder.GetChars(block, text, _isEnded)));
    }

    private void SetPending(string text)
    {
        const char mark = '\uFEFF';
        var nuls = text.AsSpan().Count('\0');
        NulBytes += nuls;
        if (nuls > MaxNulRun && text.Contains(NulRun, StringComparison.Ordinal))
        {
            throw new LedgerException($"{displayName}: the file is damaged: it contains a block of zero bytes, so a part of it is lost. Copy or download it again.");
        }

        text = nuls == 0 ? text : text.Replace("\0", "", StringComparison.Ordinal);
        (_pending, _pendingAt) = (System.Text.Encoding.UTF8.GetBytes(Encoding is not null && text.StartsWith(mark) ? text[1..] : text), 0);
    }

    private void KeepIncomplete(Memory<byte> block, int length)
    {
        block[^length..].CopyTo(_start);
        _startLength = length;
    }

    /// <summary>Returns the length of an incomplete character at the end of a block: 0 to 3.</summary>
    private static int GetIncompleteLength(ReadOnlySpan<byte> block)
    {
        for (var length = 1; length <= Math.Min(3, block.Length); length++)
        {
            var value = block[^length];
            if (value >= 0xC0)
            {
                return length < (value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2) ? length : 0;
            }

            if (value < 0x80)
            {
                return 0;
            }
        }

        return 0;
    }
}
