using System.Collections.Concurrent;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;

namespace CineLedger.Web.Http;

/// <summary>
/// Answers as they went out, for as long as there is room; and, for requests that came before, letter by letter, which answer that was:
/// a repeated request is not even read again.
/// </summary>
internal sealed class AnswerCache : IDisposable
{
    /// <summary>What an entry takes beside its text and body, about.</summary>
    private const int EntryBytes = 500;

    private readonly MemoryCache _memory;
    private readonly WebMetrics _metrics;
    private readonly ConcurrentDictionary<AnswerIdentity, TaskCompletionSource<Outcome>> _underWay = new();

    public AnswerCache(WebOptions options, WebMetrics metrics)
    {
        _memory = new(new MemoryCacheOptions { SizeLimit = options.CacheBytes, TrackStatistics = true });
        _metrics = metrics;
        metrics.WatchCache(() => _memory.GetCurrentStatistics()!.CurrentEstimatedSize ?? 0, () => _memory.Count);
    }

    public RenderedAnswer? Find(AnswerIdentity identity) => _memory.TryGetValue(identity, out RenderedAnswer? answer) ? answer : null;

    /// <summary>What a request was found to ask; null for one that did not come before.</summary>
    internal KnownRequest? Find(RequestText request) => _memory.TryGetValue(request, out KnownRequest? known) ? known : null;

    internal void Remember(RequestText request, KnownRequest known) =>
        Keep(request, known, EntryBytes + (2 * (request.Path.Length + request.Query.Length + request.Accept.Length + request.AcceptEncoding.Length + known.Shape.Length)));

    /// <summary>
    /// Finds an answer, or has it made: by one caller at a time, whom others wait for. Null where it was too large to be kept: then it
    /// has gone out to the caller that made it.
    /// </summary>
    /// <param name="identity">Which.</param>
    /// <param name="make">Makes it; null where it is too large to be kept, and is already on its way to this caller.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<RenderedAnswer?> GetAsync(AnswerIdentity identity, Func<Task<RenderedAnswer?>> make, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Find(identity) is { } kept)
            {
                _metrics.AnsweredFromMemory();
                return kept;
            }

            var own = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = _underWay.GetOrAdd(identity, own);
            if (first == own)
            {
                return await MakeAsync(identity, make, own);
            }

            var outcome = await first.Task.WaitAsync(cancellationToken);
            if (outcome.Answer is not null || outcome.IsTooLarge)
            {
                return outcome.Answer ?? await make();
            }

            // Whoever was first failed, or went away: that is no reason to.
        }
    }

    /// <summary>What a query rests on. Questions that differ in their order, their length or their page share it: it takes as long as a small answer.</summary>
    public async Task<Coverage> CoverageAsync(Snapshot snapshot, QueryRequest query, Func<Task<Coverage>> read)
    {
        var text = QuerySql.BuildCoverage(query, snapshot.Id, dated: true).WithValues();
        var key = new CoverageKey(snapshot.Id, snapshot.PublishedAt, query.IsOfTime, text);
        if (_memory.TryGetValue(key, out Coverage? known))
        {
            return known!;
        }

        var coverage = await read();
        Keep(key, coverage, EntryBytes + (2 * text.Length));
        return coverage;
    }

    public void Dispose() => _memory.Dispose();

    private async Task<RenderedAnswer?> MakeAsync(AnswerIdentity identity, Func<Task<RenderedAnswer?>> make, TaskCompletionSource<Outcome> own)
    {
        var outcome = default(Outcome);
        _metrics.NotInMemory();
        try
        {
            var answer = await make();
            outcome = new Outcome(answer, answer is null);
            if (answer is not null)
            {
                Keep(identity, answer, EntryBytes + (2 * identity.Shape.Length) + answer.MostBytes);
            }

            return answer;
        }
        finally
        {
            _underWay.TryRemove(new(identity, own));
            own.SetResult(outcome);
        }
    }

    private void Keep(object key, object value, long bytes)
    {
        using var entry = _memory.CreateEntry(key);
        entry.Size = bytes;
        entry.Value = value;
    }

    private sealed record CoverageKey(int SnapshotId, DateTime PublishedAt, bool IsOfTime, string Text);

    private readonly record struct Outcome(RenderedAnswer? Answer, bool IsTooLarge);
}

/// <summary>All of a request that makes its answer, as it came.</summary>
internal sealed record RequestText(string Path, string Query, string Accept, string AcceptEncoding);

/// <summary>What a request asks: always the same, but of the newest snapshot where it names none.</summary>
/// <param name="Shape">See <see cref="AnswerIdentity"/>.</param>
/// <param name="Named">The identity of its answer where it names the snapshot.</param>
/// <param name="Coding">How its answer is to travel.</param>
/// <param name="Endpoint">Who answers it: a repeated request is counted under the same route.</param>
internal sealed class KnownRequest(string Shape, AnswerIdentity? Named, ContentCoding Coding, Endpoint Endpoint)
{
    private volatile AnswerIdentity? _last = Named;

    public string Shape { get; } = Shape;

    public ContentCoding Coding { get; } = Coding;

    public Endpoint Endpoint { get; } = Endpoint;

    /// <summary>The identity of the answer while <paramref name="newest"/> is the newest snapshot.</summary>
    public AnswerIdentity IdentityAt(Snapshot newest)
    {
        var last = _last;
        return last is not null && (last.IsPermanent || ReferenceEquals(last.Snapshot, newest))
            ? last
            : _last = new AnswerIdentity(newest, IsPermanent: false, Shape);
    }
}
