using System.Buffers;
using System.Text;

namespace CineLedger.SystemTests.CommandLine;

/// <summary>Reads a stream to its end in the background and exposes the text received so far.</summary>
internal sealed class CapturedStream
{
    private readonly ArrayBufferWriter<byte> _captured = new();
    private readonly Task _reading;

    public CapturedStream(Stream stream) => _reading = ReadAsync(stream);

    public string Text => Encoding.UTF8.GetString(Bytes());

    /// <summary>Waits for the end of the stream and returns all of it.</summary>
    public async Task<byte[]> EndAsync()
    {
        await _reading;
        return Bytes();
    }

    private byte[] Bytes()
    {
        lock (_captured)
        {
            return _captured.WrittenSpan.ToArray();
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            lock (_captured)
            {
                _captured.Write(buffer.AsSpan(0, read));
            }
        }
    }
}
