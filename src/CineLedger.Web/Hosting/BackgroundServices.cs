using CineLedger.Web.Events;
using CineLedger.Web.Loads;
using CineLedger.Web.Observability;
using CineLedger.Web.Pushes;
using CineLedger.Web.Uploads;
using CineLedger.Web.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Hosting;

/// <summary>Registers the background services, which detect new snapshots, run loads, write pushes, deliver webhooks and publish changes.</summary>
internal static class BackgroundServices
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<SnapshotFeed>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<UploadStore>()
        .AddSingleton<BackgroundLoads>()
        .AddSingleton<PushQueue>()
        .AddHostedService(provider => provider.GetRequiredService<PushQueue>())

        // Services stop in the reverse order: a load ends before its file is deleted.
        .AddHostedService(provider => provider.GetRequiredService<UploadStore>())
        .AddHostedService(provider => provider.GetRequiredService<BackgroundLoads>())
        .AddSingleton<ScheduleMetrics>()
        .AddHostedService<ScheduledLoadService>()
        .AddHostedService<WebhookDeliveryService>()
        .AddHostedService<ChangePublishingService>();
}
