using System.Reflection;

namespace CineLedger.Model;

/// <summary>The version of the program: 1.2.3, or 1.2.4-alpha.0.5 five commits later.</summary>
public static class ProductVersion
{
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
