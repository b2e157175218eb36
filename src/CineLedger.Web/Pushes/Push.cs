using CineLedger.Streaming;

namespace CineLedger.Web.Pushes;

/// <summary>A push that has been read but not yet completed.</summary>
/// <param name="Id">The ID of the push.</param>
/// <param name="Key">The idempotency key, which is then also the ID; null without one.</param>
/// <param name="Hash">The hash of the body.</param>
/// <param name="Changes">The changes in the body.</param>
internal sealed record Push(string Id, string? Key, string Hash, ChangeSet Changes)
{
    /// <summary>The gates that do not stop the push.</summary>
    public IReadOnlySet<string> AcceptedGates { get; init; } = new HashSet<string>();

    /// <summary>The caller who accepts them.</summary>
    public string? AcceptedBy { get; init; }

    private readonly TaskCompletionSource<PushResponse> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PushResponse? _response;

    public Task<PushResponse> Completion => _completion.Task;

    /// <summary>Sets the response, which <see cref="Complete"/> returns to the sender when its snapshot is readable.</summary>
    public void SetResponse(PushResponse response) => _response = response;

    public void Complete()
    {
        if (_response is not null)
        {
            _completion.TrySetResult(_response);
        }
    }

    public void Fail(Exception error) => _completion.TrySetException(error);
}

/// <summary>The response to a push.</summary>
/// <param name="Json">The body of the response.</param>
/// <param name="Snapshot">The snapshot that contains the push; null without one.</param>
/// <param name="IsRepeated">Whether this is the stored response to an earlier push with the same key.</param>
internal sealed record PushResponse(string Json, int? Snapshot, bool IsRepeated);
