namespace CineLedger.Model;

/// <summary>A production company. <paramref name="SourceId"/> is its TMDB ID, null if the dataset gives none.</summary>
public sealed record Company(string Name, long? SourceId);

/// <summary>A genre as the dataset names it. <paramref name="SourceId"/> is its TMDB ID, null if the dataset gives none.</summary>
public sealed record Genre(string Name, long? SourceId);

/// <summary>A production country: ISO 3166-1 code and English name.</summary>
public sealed record Country(string Code, string Name);

/// <summary>A spoken language: ISO 639-1 code and native name, which may be empty.</summary>
public sealed record Language(string Code, string Name);
