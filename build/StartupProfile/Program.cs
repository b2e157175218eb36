using System.Reflection;
using StartupProfile;

// StartupProfile OUT LIST NAME…: see docs/decisions/0052. LIST has the paths of all assemblies that are compiled ahead, a line each.
if (args is not [var output, var list, .. var names] || names.Length == 0)
{
    Console.Error.WriteLine("usage: StartupProfile OUT.mibc ASSEMBLIES.txt NAME...");
    return 2;
}

using var context = new MetadataLoadContext(new PathAssemblyResolver(await File.ReadAllLinesAsync(list)), "System.Private.CoreLib");
var profile = new ProfileWriter(context.CoreAssembly!);
foreach (var name in names)
{
    foreach (var method in AsyncMethods.Of(context.LoadFromAssemblyName(name), context.CoreAssembly!))
    {
        profile.Add(name, method);
    }
}

if (profile.Count == 0)
{
    Console.Error.WriteLine($"StartupProfile: no asynchronous method in {string.Join(", ", names)}: the runtime or the compiler builds them otherwise now.");
    return 1;
}

profile.Save(output);
return 0;
