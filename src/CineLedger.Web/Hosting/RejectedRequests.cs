using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CineLedger.Web.Errors;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Hosting;

/// <summary>
/// Turns Kestrel's own responses into problem documents. Kestrel refuses a request that is not valid HTTP (a null in the path, an address or headers beyond
/// its limits, an unknown version of HTTP) before any middleware runs, with a status and no body, and closes the connection. It reports the refusal to a
/// diagnostic listener before it responds; the connection then sends a problem document in place of that response.
/// </summary>
internal static class RejectedRequests
{
    private const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Prepares every connection of an endpoint. Comes after TLS, whose connections would otherwise get a response in plain text.</summary>
    public static void Use(ListenOptions endpoint) => endpoint.Use(next => async connection =>
    {
        var transport = connection.Transport;
        var output = new ReplaceableOutput(transport.Output);
        connection.Features.Set(output);
        connection.Transport = new Duplex(transport.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    });

    /// <summary>Starts listening for refusals. Dispose the result to stop.</summary>
    public static IDisposable Subscribe(DiagnosticListener listener) => listener.Subscribe(new RefusalObserver(), name => name == EventName);

    private static byte[] CreateResponse(Problem problem, bool hasBody)
    {
        var headers = new HeaderDictionary
        {
            [HeaderNames.ContentType] = "application/problem+json",
            [HeaderNames.CacheControl] = "no-store",
            [HeaderNames.Connection] = "close",
            [HeaderNames.Date] = DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture),
        };
        SecurityHeadersMiddleware.Add(headers);
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Readable.Problem);
        headers.ContentLength = body.Length;
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {problem.Status} {ReasonPhrases.GetReasonPhrase(problem.Status)}\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. hasBody ? body : []];
    }

    private sealed class RefusalObserver : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is IFeatureCollection features
                && features.Get<ReplaceableOutput>() is { } output
                && features.Get<IBadRequestExceptionFeature>()?.Error is Microsoft.AspNetCore.Http.BadHttpRequestException error
                && features.Get<IHttpResponseFeature>() is { HasStarted: false })
            {
                output.Replace(CreateResponse(Problems.FromStatus(error.StatusCode, "", ""), features.Get<IHttpRequestFeature>()?.Method != HttpMethods.Head));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    /// <summary>The output of a connection, whose last response can be replaced.</summary>
    private sealed class ReplaceableOutput(PipeWriter inner) : PipeWriter
    {
        private byte[]? _replacement;
        private byte[] _discarded = [];
        private bool _isReplaced;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        /// <summary>Discards what is written from now on, and sends this in its place.</summary>
        public void Replace(byte[] response) => (_replacement, _isReplaced) = (response, true);

        public override Memory<byte> GetMemory(int sizeHint = 0) => _isReplaced ? GetDiscarded(sizeHint) : inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _isReplaced ? GetDiscarded(sizeHint) : inner.GetSpan(sizeHint);

        public override void Advance(int bytes)
        {
            if (!_isReplaced)
            {
                inner.Advance(bytes);
            }
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            WriteReplacement();
            return inner.FlushAsync(cancellationToken);
        }

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            _isReplaced ? FlushAsync(cancellationToken) : inner.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            WriteReplacement();
            inner.Complete(exception);
        }

        public override ValueTask CompleteAsync(Exception? exception = null)
        {
            WriteReplacement();
            return inner.CompleteAsync(exception);
        }

        private void WriteReplacement()
        {
            if (_replacement is { } response)
            {
                _replacement = null;
                inner.Write(response);
            }
        }

        private byte[] GetDiscarded(int sizeHint) => _discarded.Length >= Math.Max(sizeHint, 1) ? _discarded : _discarded = new byte[Math.Max(sizeHint, 4096)];
    }
}
