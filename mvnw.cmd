@echo off
rem Runs the pinned Maven on a JDK that can build Vigie. The work is done in .mvn\wrapper\mvnw.ps1.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0.mvn\wrapper\mvnw.ps1" %*
exit /b %ERRORLEVEL%
