using CineLedger.Streaming;

namespace CineLedger.Web.Pushes;

/// <summary>One push, from when it has been read until it is answered.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Key">The same, where the sender gave it; null where nobody will ask again.</param>
/// <param name="Hash">Fingerprint of its body.</param>
/// <param name="Changes">What it brings.</param>
internal sealed record Push(string Id, string? Key, string Hash, ChangeSet Changes)
{
    private readonly TaskCompletionSource<PushAnswer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PushAnswer? _answer;

    public Task<PushAnswer> Answered => _answered.Task;

    /// <summary>Holds the answer ready; it goes out with <see cref="Release"/>, once what it says is true.</summary>
    public void Answer(PushAnswer answer) => _answer = answer;

    public void Release()
    {
        if (_answer is not null)
        {
            _answered.TrySetResult(_answer);
        }
    }

    public void Fail(Exception error) => _answered.TrySetException(error);
}

/// <param name="Json">The answer's body.</param>
/// <param name="Snapshot">The snapshot that it tells of; null where there is none.</param>
/// <param name="IsRepeated">True where the push had been answered before.</param>
internal sealed record PushAnswer(string Json, int? Snapshot, bool IsRepeated);
